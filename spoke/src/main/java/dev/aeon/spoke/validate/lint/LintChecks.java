package dev.aeon.spoke.validate.lint;

import com.google.protobuf.DescriptorProtos.FileOptions;
import dev.aeon.spoke.validate.constraint.ConstraintCheck;
import dev.aeon.spoke.validate.image.ImageFile;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every rule by its name. */
final class LintChecks {
  static final Map<String, FileCheck> FILE_CHECKS = fileChecks();
  static final Map<String, ImageCheck> IMAGE_CHECKS = imageChecks();

  private LintChecks() {}

  private static Map<String, FileCheck> fileChecks() {
    Map<String, FileCheck> checks = new TreeMap<>();
    addNameChecks(checks);
    addCommentChecks(checks);
    addPackageChecks(checks);
    addMethodChecks(checks);
    checks.put("ENUM_NO_ALLOW_ALIAS", FileCheck.ofEnums(EnumAndFieldChecks::enumNoAllowAlias));
    checks.put("ENUM_FIRST_VALUE_ZERO", FileCheck.ofEnums(EnumAndFieldChecks::enumFirstValueZero));
    checks.put("FIELD_NOT_REQUIRED", FileCheck.ofFields(EnumAndFieldChecks::fieldNotRequired));
    checks.put("IMPORT_NO_PUBLIC", FileCheck.ofImports(EnumAndFieldChecks::importNoPublic));
    checks.put("IMPORT_USED", FileCheck.ofImports(EnumAndFieldChecks::importUsed));
    checks.put("SYNTAX_SPECIFIED", EnumAndFieldChecks::syntaxSpecified);
    return Map.copyOf(checks);
  }

  private static void addNameChecks(Map<String, FileCheck> checks) {
    checks.put("ENUM_PASCAL_CASE", FileCheck.ofEnums(NameChecks::enumPascalCase));
    checks.put("MESSAGE_PASCAL_CASE", FileCheck.ofMessages(NameChecks::messagePascalCase));
    checks.put("SERVICE_PASCAL_CASE", FileCheck.ofServices(NameChecks::servicePascalCase));
    checks.put("RPC_PASCAL_CASE", FileCheck.ofMethods(NameChecks::methodPascalCase));
    checks.put(
        "ENUM_VALUE_UPPER_SNAKE_CASE", FileCheck.ofEnumValues(NameChecks::enumValueUpperSnakeCase));
    checks.put("ENUM_VALUE_PREFIX", FileCheck.ofEnumValues(NameChecks::enumValuePrefix));
    checks.put("ENUM_ZERO_VALUE_SUFFIX", FileCheck.ofEnumValues(NameChecks::enumZeroValueSuffix));
    checks.put("FIELD_LOWER_SNAKE_CASE", FileCheck.ofFields(NameChecks::fieldLowerSnakeCase));
    checks.put("FIELD_NO_DESCRIPTOR", FileCheck.ofFields(NameChecks::fieldNoDescriptor));
    checks.put("ONEOF_LOWER_SNAKE_CASE", FileCheck.ofOneofs(NameChecks::oneofLowerSnakeCase));
    checks.put("SERVICE_SUFFIX", FileCheck.ofServices(NameChecks::serviceSuffix));
    checks.put("FILE_LOWER_SNAKE_CASE", NameChecks::fileLowerSnakeCase);
  }

  private static void addCommentChecks(Map<String, FileCheck> checks) {
    checks.put(
        "COMMENT_ENUM",
        FileCheck.ofEnums((element, report) -> CommentChecks.documented(element, "Enum", report)));
    checks.put(
        "COMMENT_ENUM_VALUE",
        FileCheck.ofEnumValues(
            (value, report) -> CommentChecks.documented(value, "Enum value", report)));
    checks.put("COMMENT_FIELD", FileCheck.ofFields(CommentChecks::field));
    checks.put("COMMENT_MESSAGE", FileCheck.ofMessages(CommentChecks::message));
    checks.put("COMMENT_ONEOF", FileCheck.ofOneofs(CommentChecks::oneof));
    checks.put(
        "COMMENT_RPC",
        FileCheck.ofMethods((method, report) -> CommentChecks.documented(method, "RPC", report)));
    checks.put(
        "COMMENT_SERVICE",
        FileCheck.ofServices(
            (service, report) -> CommentChecks.documented(service, "Service", report)));
  }

  private static void addPackageChecks(Map<String, FileCheck> checks) {
    checks.put("PACKAGE_DEFINED", PackageChecks::defined);
    checks.put("PACKAGE_DIRECTORY_MATCH", PackageChecks::directoryMatch);
    checks.put("PACKAGE_LOWER_SNAKE_CASE", PackageChecks::lowerSnakeCase);
    checks.put("PACKAGE_VERSION_SUFFIX", PackageChecks::versionSuffix);
  }

  private static void addMethodChecks(Map<String, FileCheck> checks) {
    checks.put("RPC_NO_CLIENT_STREAMING", FileCheck.ofMethods(MethodChecks::noClientStreaming));
    checks.put("RPC_NO_SERVER_STREAMING", FileCheck.ofMethods(MethodChecks::noServerStreaming));
    checks.put("RPC_REQUEST_STANDARD_NAME", FileCheck.ofMethods(MethodChecks::requestStandardName));
    checks.put(
        "RPC_RESPONSE_STANDARD_NAME", FileCheck.ofMethods(MethodChecks::responseStandardName));
  }

  private static Map<String, ImageCheck> imageChecks() {
    Map<String, ImageCheck> checks = new TreeMap<>();
    checks.put("DIRECTORY_SAME_PACKAGE", ImageCheck.ofFolders(PackageChecks::directorySamePackage));
    checks.put("PACKAGE_SAME_DIRECTORY", ImageCheck.ofPackages(PackageChecks::sameDirectory));
    checks.put("PACKAGE_NO_IMPORT_CYCLE", ImportCycles::check);
    checks.put("PROTOVALIDATE", (image, report) -> ConstraintCheck.check(image, report::add));
    checks.put("RPC_REQUEST_RESPONSE_UNIQUE", MethodChecks::requestResponseUnique);
    checks.put("STABLE_PACKAGE_NO_IMPORT_UNSTABLE", PackageChecks::noUnstableImport);
    addSameOption(checks, "csharp_namespace", 37, FileOptions::getCsharpNamespace);
    addSameOption(checks, "go_package", 11, FileOptions::getGoPackage);
    addSameOption(checks, "java_multiple_files", 10, LintChecks::javaMultipleFiles);
    addSameOption(checks, "java_package", 1, FileOptions::getJavaPackage);
    addSameOption(checks, "php_namespace", 41, FileOptions::getPhpNamespace);
    addSameOption(checks, "ruby_package", 45, FileOptions::getRubyPackage);
    addSameOption(checks, "swift_prefix", 39, FileOptions::getSwiftPrefix);
    return Map.copyOf(checks);
  }

  private static String javaMultipleFiles(FileOptions options) {
    return options.hasJavaMultipleFiles() ? String.valueOf(options.getJavaMultipleFiles()) : "";
  }

  private static void addSameOption(
      Map<String, ImageCheck> checks,
      String option,
      int number,
      Function<FileOptions, String> value) {
    Function<ImageFile, String> ofFile = file -> value.apply(file.proto().getOptions());
    String rule = "PACKAGE_SAME_" + option.toUpperCase(java.util.Locale.ROOT);
    checks.put(rule, ImageCheck.ofPackages(PackageChecks.sameOption(option, number, ofFile)));
  }
}
