package dev.aeon.checks.bench.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service as teams write them; every one is another. */
final class Schemas {
  private Schemas() {}

  static ModuleContent service(int number) {
    String text =
        """
        syntax = "proto3";
        package bench.service%1$d.v1;
        import "google/protobuf/timestamp.proto";
        // A user of service %1$d.
        message User {
          // Never changes.
          string user_id = 1;
          string display_name = 2;
          google.protobuf.Timestamp created_at = 3;
          repeated string tags = 4;
        }
        message GetUserRequest { string user_id = 1; }
        message GetUserResponse { User user = 1; }
        service UserService%1$d { rpc GetUser(GetUserRequest) returns (GetUserResponse); }
        """
            .formatted(number);
    return ModuleContent.of(
        Map.of(new ProtoPath("user.proto"), text.getBytes(StandardCharsets.UTF_8)));
  }
}
