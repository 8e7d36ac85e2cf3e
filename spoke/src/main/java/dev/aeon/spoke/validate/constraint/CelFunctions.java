package dev.aeon.spoke.validate.constraint;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that protovalidate's expressions have beside those of CEL and its string library.
 */
final class CelFunctions {
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType STRING = SimpleType.STRING;
  private static final CelType BYTES = SimpleType.BYTES;
  private static final CelType INT = SimpleType.INT;
  private static final CelType DOUBLE = SimpleType.DOUBLE;

  private CelFunctions() {}

  static List<CelFunctionDecl> all() {
    return List.of(
        test("isNan", List.of(List.of(DOUBLE))),
        test("isInf", List.of(List.of(DOUBLE), List.of(DOUBLE, INT))),
        test("isHostname", List.of(List.of(STRING))),
        test("isHostAndPort", List.of(List.of(STRING, BOOL))),
        test("isEmail", List.of(List.of(STRING))),
        test("isIp", List.of(List.of(STRING), List.of(STRING, INT))),
        test(
            "isIpPrefix",
            List.of(
                List.of(STRING),
                List.of(STRING, INT),
                List.of(STRING, BOOL),
                List.of(STRING, INT, BOOL))),
        test("isUri", List.of(List.of(STRING))),
        test("isUriRef", List.of(List.of(STRING))),
        test("contains", List.of(List.of(BYTES, BYTES))),
        test("startsWith", List.of(List.of(BYTES, BYTES))),
        test("endsWith", List.of(List.of(BYTES, BYTES))),
        unique(),
        format(),
        getField());
  }

  /** A function of the first of the types that says yes or no. */
  private static CelFunctionDecl test(String name, List<List<CelType>> signatures) {
    List<CelOverloadDecl> overloads =
        signatures.stream()
            .map(types -> CelOverloadDecl.newMemberOverload(id(name, types), BOOL, types))
            .toList();
    return CelFunctionDecl.newFunctionDeclaration(name, overloads);
  }

  private static CelFunctionDecl unique() {
    List<CelOverloadDecl> overloads =
        Stream.of(BOOL, INT, SimpleType.UINT, DOUBLE, STRING, BYTES)
            .map(type -> List.<CelType>of(ListType.create(type)))
            .map(types -> CelOverloadDecl.newMemberOverload(id("unique", types), BOOL, types))
            .toList();
    return CelFunctionDecl.newFunctionDeclaration("unique", overloads);
  }

  private static CelFunctionDecl format() {
    return CelFunctionDecl.newFunctionDeclaration(
        "format",
        CelOverloadDecl.newMemberOverload(
            "string_format", STRING, STRING, ListType.create(SimpleType.DYN)));
  }

  private static CelFunctionDecl getField() {
    return CelFunctionDecl.newFunctionDeclaration(
        "getField",
        CelOverloadDecl.newGlobalOverload(
            "get_field_any_string", SimpleType.DYN, SimpleType.DYN, STRING));
  }

  private static String id(String name, List<CelType> types) {
    return types + "_" + name;
  }
}
