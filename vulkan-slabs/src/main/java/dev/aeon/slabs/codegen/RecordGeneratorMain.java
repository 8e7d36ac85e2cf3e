package dev.aeon.slabs.codegen;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * {@link RecordGenerator} as {@code protoc-gen-aeon-slab}. Without arguments it is a plugin of
 * protoc, which asks on standard input; with {@code --descriptors FILE --out FOLDER} it reads a
 * descriptor set and writes sources.
 */
public final class RecordGeneratorMain {
  private static final int USAGE = 2;

  private RecordGeneratorMain() {}

  public static void main(String[] arguments) throws IOException {
    int status = run(arguments, System.in, System.out, System.err);
    System.exit(status);
  }

  static int run(String[] arguments, InputStream in, OutputStream out, PrintStream err)
      throws IOException {
    if (arguments.length == 0) {
      answer(CodeGeneratorRequest.parseFrom(in)).writeTo(out);
      out.flush();
      return 0;
    }
    if (arguments.length != 4
        || !arguments[0].equals("--descriptors")
        || !arguments[2].equals("--out")) {
      err.println("usage: protoc-gen-aeon-slab [--descriptors FILE --out FOLDER]");
      return USAGE;
    }
    return write(Path.of(arguments[1]), Path.of(arguments[3]), err);
  }

  private static int write(Path descriptors, Path folder, PrintStream err) throws IOException {
    try {
      Map<String, String> sources = RecordGenerator.generate(Files.readAllBytes(descriptors));
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = folder.resolve(source.getKey());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, source.getValue());
      }
      return 0;
    } catch (SchemaException refused) {
      err.println("protoc-gen-aeon-slab: " + refused.getMessage());
      return 1;
    }
  }

  static CodeGeneratorResponse answer(CodeGeneratorRequest request) {
    CodeGeneratorResponse.Builder response =
        CodeGeneratorResponse.newBuilder()
            .setSupportedFeatures(Feature.FEATURE_PROTO3_OPTIONAL_VALUE);
    try {
      Set<String> wanted = new HashSet<>(request.getFileToGenerateList());
      RecordGenerator.generate(request.getProtoFileList(), wanted::contains)
          .forEach((path, text) -> response.addFileBuilder().setName(path).setContent(text));
    } catch (SchemaException refused) {
      response.setError(String.valueOf(refused.getMessage()));
    }
    return response.build();
  }
}
