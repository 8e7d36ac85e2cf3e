package dev.aeon.spoke.reflection;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.registry.SchemaRegistry;
import io.grpc.reflection.v1.ServerReflectionGrpc.ServerReflectionImplBase;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;

/**
 * Answers as a server would that implements a stored version: the one that the call's head names.
 */
final class ReflectionService extends ServerReflectionImplBase {
  private final SchemaRegistry registry;

  ReflectionService(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
      StreamObserver<ServerReflectionResponse> answers) {
    try {
      return new Questions(new ReflectionAnswers(index(WantedVersion.ofCall())), answers);
    } catch (SpokeException e) {
      answers.onError(Statuses.of(e).asRuntimeException());
      return new Refused();
    }
  }

  private SchemaIndex index(WantedVersion wanted) {
    byte[] descriptors = registry.descriptors(registry.manifest(wanted.module(), wanted.version()));
    try {
      return new SchemaIndex(FileDescriptorSet.parseFrom(descriptors));
    } catch (InvalidProtocolBufferException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "the stored descriptors cannot be read", e);
    }
  }

  private record Questions(
      ReflectionAnswers reflection, StreamObserver<ServerReflectionResponse> answers)
      implements StreamObserver<ServerReflectionRequest> {
    @Override
    public void onNext(ServerReflectionRequest request) {
      answers.onNext(reflection.to(request));
    }

    @Override
    public void onError(Throwable cause) {
      // The caller has gone; there is nobody to answer.
    }

    @Override
    public void onCompleted() {
      answers.onCompleted();
    }
  }

  /** What still comes of a call that is over. */
  private static final class Refused implements StreamObserver<ServerReflectionRequest> {
    @Override
    public void onNext(ServerReflectionRequest request) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
