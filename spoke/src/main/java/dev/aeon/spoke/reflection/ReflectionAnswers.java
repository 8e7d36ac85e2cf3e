package dev.aeon.spoke.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.grpc.Status;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The answers to one stream of questions about a version. Confined to its stream. */
final class ReflectionAnswers {
  /** Clients take messages of up to 4 MiB; what is left out they ask for by name. */
  private static final int MAX_ANSWER_BYTES = 3 << 20;

  private final SchemaIndex index;
  private final Set<String> sent = new HashSet<>();

  ReflectionAnswers(SchemaIndex index) {
    this.index = index;
  }

  ServerReflectionResponse to(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder answer =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case FILE_BY_FILENAME -> file(answer, index.file(request.getFileByFilename()));
      case FILE_CONTAINING_SYMBOL ->
          file(answer, index.declaring(request.getFileContainingSymbol()));
      case FILE_CONTAINING_EXTENSION -> file(answer, extending(request));
      case ALL_EXTENSION_NUMBERS_OF_TYPE -> numbers(answer, request.getAllExtensionNumbersOfType());
      case LIST_SERVICES -> answer.setListServicesResponse(services());
      case MESSAGEREQUEST_NOT_SET ->
          error(answer, Status.Code.INVALID_ARGUMENT, "nothing is asked for");
    }
    return answer.build();
  }

  private Optional<FileDescriptorProto> extending(ServerReflectionRequest request) {
    ExtensionRequest extension = request.getFileContainingExtension();
    return index.extending(extension.getContainingType(), extension.getExtensionNumber());
  }

  private void file(ServerReflectionResponse.Builder answer, Optional<FileDescriptorProto> file) {
    if (file.isEmpty()) {
      error(answer, Status.Code.NOT_FOUND, "the version declares no such thing");
      return;
    }
    FileDescriptorResponse.Builder files = FileDescriptorResponse.newBuilder();
    withImports(file.get()).forEach(each -> files.addFileDescriptorProto(each));
    answer.setFileDescriptorResponse(files);
  }

  /** A file, and of what it imports what this stream has not had yet. */
  private List<ByteString> withImports(FileDescriptorProto first) {
    List<ByteString> files = new ArrayList<>();
    Deque<FileDescriptorProto> open = new ArrayDeque<>(List.of(first));
    long byteSize = 0;
    while (!open.isEmpty()) {
      FileDescriptorProto file = open.remove();
      ByteString bytes = file.toByteString();
      byteSize += bytes.size();
      if (!files.isEmpty() && byteSize > MAX_ANSWER_BYTES) {
        break;
      }
      files.add(bytes);
      sent.add(file.getName());
      for (String path : file.getDependencyList()) {
        index
            .file(path)
            .filter(each -> !sent.contains(path) && !open.contains(each))
            .ifPresent(open::add);
      }
    }
    return files;
  }

  private void numbers(ServerReflectionResponse.Builder answer, String message) {
    if (index.declaring(message).isEmpty()) {
      error(answer, Status.Code.NOT_FOUND, "the version declares no such message");
      return;
    }
    answer.setAllExtensionNumbersResponse(
        ExtensionNumberResponse.newBuilder()
            .setBaseTypeName(message)
            .addAllExtensionNumber(index.extensionNumbers(message)));
  }

  private ListServiceResponse services() {
    ListServiceResponse.Builder services = ListServiceResponse.newBuilder();
    index
        .services()
        .forEach(name -> services.addService(ServiceResponse.newBuilder().setName(name)));
    return services.build();
  }

  private static void error(
      ServerReflectionResponse.Builder answer, Status.Code code, String message) {
    answer.setErrorResponse(
        ErrorResponse.newBuilder().setErrorCode(code.value()).setErrorMessage(message));
  }
}
