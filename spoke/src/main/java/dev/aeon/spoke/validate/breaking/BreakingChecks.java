package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FileOptions;
import dev.aeon.spoke.validate.breaking.DeletionChecks.Unless;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every rule by its name. */
final class BreakingChecks {
  static final Map<String, Check> ALL = all();

  private BreakingChecks() {}

  private static Map<String, Check> all() {
    Map<String, Check> checks = new TreeMap<>();
    addDeletionChecks(checks);
    addReservableDeletionChecks(checks);
    addFileChecks(checks);
    addFieldChecks(checks);
    addEnumAndMessageChecks(checks);
    addMethodChecks(checks);
    return Map.copyOf(checks);
  }

  private static void addDeletionChecks(Map<String, Check> checks) {
    checks.put("FILE_NO_DELETE", DeletionChecks::files);
    checks.put("ENUM_NO_DELETE", Check.ofFiles(DeletionChecks::enums));
    checks.put("MESSAGE_NO_DELETE", Check.ofFiles(DeletionChecks::messages));
    checks.put("EXTENSION_NO_DELETE", Check.ofFiles(DeletionChecks::extensions));
    checks.put("SERVICE_NO_DELETE", Check.ofFiles(DeletionChecks::services));
    checks.put("PACKAGE_NO_DELETE", DeletionChecks::packages);
    checks.put("PACKAGE_ENUM_NO_DELETE", DeletionChecks::packageEnums);
    checks.put("PACKAGE_MESSAGE_NO_DELETE", DeletionChecks::packageMessages);
    checks.put("PACKAGE_EXTENSION_NO_DELETE", DeletionChecks::packageExtensions);
    checks.put("PACKAGE_SERVICE_NO_DELETE", DeletionChecks::packageServices);
    checks.put("RPC_NO_DELETE", Check.ofServices(DeletionChecks::methods));
    checks.put("ONEOF_NO_DELETE", Check.ofMessages(DeletionChecks::oneofs));
  }

  private static void addReservableDeletionChecks(Map<String, Check> checks) {
    for (Unless unless : Unless.values()) {
      String suffix = unless == Unless.NEVER ? "" : "_UNLESS_" + unless;
      checks.put("FIELD_NO_DELETE" + suffix, Check.ofMessages(DeletionChecks.fields(unless)));
      checks.put("ENUM_VALUE_NO_DELETE" + suffix, Check.ofEnums(DeletionChecks.enumValues(unless)));
    }
  }

  private static void addFileChecks(Map<String, Check> checks) {
    checks.put("FILE_SAME_PACKAGE", Check.ofFiles(FileChecks::samePackage));
    checks.put("FILE_SAME_SYNTAX", Check.ofFiles(FileChecks::sameSyntax));
    addSameOption(checks, "cc_enable_arenas", 31, FileOptions::getCcEnableArenas);
    addSameOption(checks, "cc_generic_services", 16, FileOptions::getCcGenericServices);
    addSameOption(checks, "csharp_namespace", 37, FileOptions::getCsharpNamespace);
    addSameOption(checks, "go_package", 11, FileOptions::getGoPackage);
    addSameOption(checks, "java_generic_services", 17, FileOptions::getJavaGenericServices);
    addSameOption(checks, "java_multiple_files", 10, FileOptions::getJavaMultipleFiles);
    addSameOption(checks, "java_outer_classname", 8, FileOptions::getJavaOuterClassname);
    addSameOption(checks, "java_package", 1, FileOptions::getJavaPackage);
    addSameOption(checks, "objc_class_prefix", 36, FileOptions::getObjcClassPrefix);
    addSameOption(checks, "optimize_for", 9, FileOptions::getOptimizeFor);
    addSameOption(checks, "php_class_prefix", 40, FileOptions::getPhpClassPrefix);
    addSameOption(checks, "php_metadata_namespace", 44, FileOptions::getPhpMetadataNamespace);
    addSameOption(checks, "php_namespace", 41, FileOptions::getPhpNamespace);
    addSameOption(checks, "py_generic_services", 18, FileOptions::getPyGenericServices);
    addSameOption(checks, "ruby_package", 45, FileOptions::getRubyPackage);
    addSameOption(checks, "swift_prefix", 39, FileOptions::getSwiftPrefix);
  }

  private static void addSameOption(
      Map<String, Check> checks, String option, int number, Function<FileOptions, Object> value) {
    String rule = "FILE_SAME_" + option.toUpperCase(Locale.ROOT);
    checks.put(rule, Check.ofFiles(FileChecks.sameOption(option, number, value)));
  }

  private static void addFieldChecks(Map<String, Check> checks) {
    addCardinality(checks, "FIELD_SAME_CARDINALITY", Cardinality.Group.SAME);
    addCardinality(checks, "FIELD_WIRE_COMPATIBLE_CARDINALITY", Cardinality.Group.WIRE);
    addCardinality(checks, "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", Cardinality.Group.WIRE_JSON);
    checks.put("FIELD_SAME_TYPE", Check.ofFields(TypeChecks::sameType));
    checks.put("FIELD_WIRE_COMPATIBLE_TYPE", Check.ofFields(TypeChecks::wireCompatibleType));
    checks.put(
        "FIELD_WIRE_JSON_COMPATIBLE_TYPE", Check.ofFields(TypeChecks::wireJsonCompatibleType));
    checks.put("FIELD_SAME_JSTYPE", Check.ofFields(FieldChecks::sameJstype));
    checks.put("FIELD_SAME_JSON_NAME", Check.ofFields(FieldChecks::sameJsonName));
    checks.put("FIELD_SAME_NAME", Check.ofFields(FieldChecks::sameName));
    checks.put("FIELD_SAME_DEFAULT", Check.ofFields(FieldChecks::sameDefault));
    checks.put("FIELD_SAME_ONEOF", Check.ofFields(FieldChecks::sameOneof));
    checks.put("FIELD_SAME_UTF8_VALIDATION", Check.ofFields(FieldChecks::sameUtf8Validation));
    checks.put("FIELD_SAME_CPP_STRING_TYPE", Check.ofFields(LanguageChecks::sameCppStringType));
    checks.put(
        "FIELD_SAME_JAVA_UTF8_VALIDATION", Check.ofFields(LanguageChecks::sameJavaUtf8Validation));
  }

  private static void addCardinality(
      Map<String, Check> checks, String rule, Cardinality.Group group) {
    checks.put(rule, Check.ofFields(FieldChecks.sameCardinality(group)));
  }

  private static void addEnumAndMessageChecks(Map<String, Check> checks) {
    checks.put("ENUM_SAME_TYPE", Check.ofEnums(EnumChecks::sameType));
    checks.put("ENUM_SAME_JSON_FORMAT", Check.ofEnums(EnumChecks::sameJsonFormat));
    checks.put("ENUM_VALUE_SAME_NAME", Check.ofEnums(EnumChecks::sameValueNames));
    checks.put("RESERVED_ENUM_NO_DELETE", Check.ofEnums(EnumChecks::keepReserved));
    checks.put("RESERVED_MESSAGE_NO_DELETE", Check.ofMessages(MessageChecks::keepReserved));
    checks.put("EXTENSION_MESSAGE_NO_DELETE", Check.ofMessages(MessageChecks::keepExtensionRanges));
    checks.put(
        "MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR",
        Check.ofMessages(MessageChecks::keepDescriptorAccessor));
    checks.put("MESSAGE_SAME_JSON_FORMAT", Check.ofMessages(MessageChecks::sameJsonFormat));
    checks.put("MESSAGE_SAME_REQUIRED_FIELDS", Check.ofMessages(MessageChecks::sameRequiredFields));
  }

  private static void addMethodChecks(Map<String, Check> checks) {
    checks.put("RPC_SAME_CLIENT_STREAMING", Check.ofMethods(ServiceChecks::sameClientStreaming));
    checks.put("RPC_SAME_SERVER_STREAMING", Check.ofMethods(ServiceChecks::sameServerStreaming));
    checks.put("RPC_SAME_IDEMPOTENCY_LEVEL", Check.ofMethods(ServiceChecks::sameIdempotency));
    checks.put("RPC_SAME_REQUEST_TYPE", Check.ofMethods(ServiceChecks::sameRequestType));
    checks.put("RPC_SAME_RESPONSE_TYPE", Check.ofMethods(ServiceChecks::sameResponseType));
  }
}
