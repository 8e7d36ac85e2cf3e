package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** What things of a schema are called in Java. */
final class JavaNames {
  private static final String RECORD = "Record";

  private JavaNames() {}

  /**
   * The package, which may be the unnamed one.
   *
   * @throws SchemaException where the schema's is no Java package
   */
  static String packageOf(FileDescriptor file) {
    String stated = file.getOptions().getJavaPackage();
    String name = stated.isEmpty() ? file.getPackage() : stated;
    if (!name.isEmpty() && !SourceVersion.isName(name)) {
      throw new SchemaException(
          "no package of Java, set option java_package: file=%s package=%s"
              .formatted(file.getName(), name));
    }
    return name;
  }

  /** The class of a message, outer ones first. */
  static String classOf(Descriptor message) {
    return nested(message.getContainingType(), message.getName()) + RECORD;
  }

  static String qualifiedClassOf(Descriptor message) {
    return qualified(message.getFile(), classOf(message));
  }

  /** The enum of an enum, outer messages first. */
  static String classOf(EnumDescriptor type) {
    return nested(type.getContainingType(), type.getName());
  }

  static String qualifiedClassOf(EnumDescriptor type) {
    return qualified(type.getFile(), classOf(type));
  }

  static String qualified(FileDescriptor file, String simpleName) {
    String folder = packageOf(file);
    return folder.isEmpty() ? simpleName : folder + "." + simpleName;
  }

  private static String nested(@Nullable Descriptor outer, String name) {
    return outer == null ? name : nested(outer.getContainingType(), outer.getName()) + name;
  }

  /** {@code price_history} as {@code PriceHistory}. */
  static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    boolean isFirst = true;
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter != '_') {
        camel.append(isFirst ? Character.toUpperCase(letter) : letter);
      }
      isFirst = letter == '_';
    }
    // Every class has a getClass already.
    return camel.toString().equals("Class") ? "Class_" : camel.toString();
  }

  /** A constant, with a line below where the name is a word of Java. */
  static String constant(String name) {
    return SourceVersion.isKeyword(name) ? name + "_" : name;
  }
}
