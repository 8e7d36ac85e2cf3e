package dev.aeon.spoke.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Schemas that tests compile. */
final class Schemas {
  /** Two folders, a service, a well-known type, and a type of another module. */
  static final ModuleContent ORDER =
      content(
          Map.of(
              "shop/order.proto",
              """
              syntax = "proto3";
              package shop;
              import "google/protobuf/timestamp.proto";
              import "common/types.proto";
              import "shop/line/item.proto";
              message Order {
                common.Id id = 1;
                google.protobuf.Timestamp at = 2;
                repeated shop.line.Item items = 3;
              }
              service Orders { rpc Get(common.Id) returns (stream Order); }
              """,
              "shop/line/item.proto",
              """
              syntax = "proto3";
              package shop.line;
              enum Kind { KIND_UNSPECIFIED = 0; }
              message Item { string name = 1; Kind kind = 2; optional int32 count = 3; }
              """));

  static final ModuleVersion COMMON =
      new ModuleVersion(
          new ModuleName("common"),
          Version.parse("v1.0.0"),
          "",
          Instant.EPOCH,
          content(
              Map.of(
                  "types.proto",
                  "syntax = \"proto3\"; package common; message Id { string value = 1; }",
                  "unused.proto",
                  "syntax = \"proto3\"; package common; message Unused {}")),
          List.of());

  private Schemas() {}

  static CompileJob order(Language language) {
    return new CompileJob(new ModuleName("order"), ORDER, List.of(COMMON), language);
  }

  static ModuleContent content(Map<String, String> texts) {
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    texts.forEach((path, text) -> files.put(new ProtoPath(path), text.getBytes(UTF_8)));
    return ModuleContent.of(files);
  }
}
