package dev.aeon.apm.security;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one form of a JSON object that is signed, whoever wrote it how (RFC 8785). */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The object's canonical form, in UTF-8.
   *
   * @throws InvalidMessageException where it has a number that RFC 8785 cannot write
   */
  public static byte[] of(JsonObject object) {
    try {
      return new JsonCanonicalizer(object.toString()).getEncodedUTF8();
    } catch (IOException | RuntimeException e) {
      throw new InvalidMessageException(
          new Violation(
              "", ErrorCode.E_SECURITY_001, "has no canonical form: cause=" + e.getMessage()));
    }
  }
}
