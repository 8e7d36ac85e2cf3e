package dev.aeon.spoke.reflection;

import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import io.grpc.Context;
import io.grpc.Metadata;
import java.util.Objects;

/**
 * Which version a call asks about.
 *
 * @param version a version, or {@code latest}
 */
record WantedVersion(ModuleName module, String version) {
  static final Context.Key<WantedVersion> KEY = Context.key("spoke-version");

  private static final Metadata.Key<String> MODULE = key("spoke-module");
  private static final Metadata.Key<String> VERSION = key("spoke-version");

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  static WantedVersion of(Metadata head) {
    String module = head.get(MODULE);
    if (module == null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "the call's metadata must name a module, and may name a version: spoke-module,"
              + " spoke-version");
    }
    return new WantedVersion(
        new ModuleName(module), Objects.requireNonNullElse(head.get(VERSION), "latest"));
  }

  static WantedVersion ofCall() {
    return Objects.requireNonNull(KEY.get(), "outside of a call");
  }
}
