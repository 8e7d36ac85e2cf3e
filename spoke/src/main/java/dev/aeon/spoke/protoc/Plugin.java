package dev.aeon.spoke.protoc;

/** A code generator that {@code protoc} calls: where it comes from, and how it is started. */
public enum Plugin {
  GO("protoc-gen-go", Origin.PROGRAM),
  GO_GRPC("protoc-gen-go-grpc", Origin.PROGRAM),
  CPP_GRPC("grpc_cpp_plugin", Origin.PROGRAM),
  CSHARP_GRPC("grpc_csharp_plugin", Origin.PROGRAM),
  OBJC_GRPC("grpc_objective_c_plugin", Origin.PROGRAM),
  PHP_GRPC("grpc_php_plugin", Origin.PROGRAM),
  PYTHON_GRPC("grpc_python_plugin", Origin.PROGRAM),
  RUBY_GRPC("grpc_ruby_plugin", Origin.PROGRAM),
  JAVA_GRPC("protoc-gen-grpc-java", Origin.BUNDLED_PROGRAM),
  KOTLIN_GRPC("protoc-gen-grpc-kotlin.jar", Origin.BUNDLED_JAR),
  ECMASCRIPT("protoc-gen-es.js", Origin.BUNDLED_SCRIPT);

  /** How a plugin is found and started. */
  enum Origin {
    /** A program beside Spoke in its distribution, or of the system. */
    PROGRAM,
    /** A program for this platform, in Spoke's jar. */
    BUNDLED_PROGRAM,
    /** A jar in Spoke's, run by this Java. */
    BUNDLED_JAR,
    /** A script in Spoke's jar, run by Node.js, which is found as programs are. */
    BUNDLED_SCRIPT
  }

  private final String fileName;
  private final Origin origin;

  Plugin(String fileName, Origin origin) {
    this.fileName = fileName;
    this.origin = origin;
  }

  String fileName() {
    return fileName;
  }

  Origin origin() {
    return origin;
  }
}
