package dev.aeon.spoke.protoc;

/** A code generator that {@code protoc} calls: where it comes from, and how it is started. */
public enum Plugin {
  GO("protoc-gen-go", Origin.SYSTEM, "protoc-gen-go"),
  GO_GRPC("protoc-gen-go-grpc", Origin.SYSTEM, "protoc-gen-go-grpc"),
  CPP_GRPC("grpc_cpp_plugin", Origin.SYSTEM, "protobuf-compiler-grpc"),
  PHP_GRPC("grpc_php_plugin", Origin.SYSTEM, "protobuf-compiler-grpc"),
  PYTHON_GRPC("grpc_python_plugin", Origin.SYSTEM, "protobuf-compiler-grpc"),
  RUBY_GRPC("grpc_ruby_plugin", Origin.SYSTEM, "protobuf-compiler-grpc"),
  JAVA_GRPC("protoc-gen-grpc-java", Origin.BUNDLED_PROGRAM, ""),
  KOTLIN_GRPC("protoc-gen-grpc-kotlin.jar", Origin.BUNDLED_JAR, ""),
  ECMASCRIPT("protoc-gen-es.js", Origin.BUNDLED_SCRIPT, "nodejs");

  /** How a plugin is found and started. */
  enum Origin {
    /** A program of the system, found on the path. */
    SYSTEM,
    /** A program for this platform, shipped with Spoke. */
    BUNDLED_PROGRAM,
    /** A jar, shipped with Spoke, run by this Java. */
    BUNDLED_JAR,
    /** A script, shipped with Spoke, run by the system's Node.js. */
    BUNDLED_SCRIPT
  }

  private final String fileName;
  private final Origin origin;
  private final String systemPackage;

  Plugin(String fileName, Origin origin, String systemPackage) {
    this.fileName = fileName;
    this.origin = origin;
    this.systemPackage = systemPackage;
  }

  String fileName() {
    return fileName;
  }

  Origin origin() {
    return origin;
  }

  /** Debian's package that has what is not shipped; empty where all is. */
  String systemPackage() {
    return systemPackage;
  }
}
