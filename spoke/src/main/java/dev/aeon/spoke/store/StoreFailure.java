package dev.aeon.spoke.store;

import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.VersionManifest;

/** How stores fail, in the same words whatever the medium. */
public final class StoreFailure {
  private StoreFailure() {}

  /** The medium failed. */
  public static SpokeException of(String what, Exception cause) {
    return failure(SpokeException.Code.INTERNAL, what, cause);
  }

  /** The medium cannot be reached; later calls may be met. */
  public static SpokeException unavailable(String what, Exception cause) {
    return failure(SpokeException.Code.UNAVAILABLE, what, cause);
  }

  private static SpokeException failure(SpokeException.Code code, String what, Exception cause) {
    String said = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new SpokeException(code, what + ", cause=" + said, cause);
  }

  /**
   * What a publication comes to where the version exists.
   *
   * @throws SpokeException {@code CONFLICT} where it has other content
   */
  public static SchemaStore.Outcome compare(VersionManifest existing, ModuleVersion pushed) {
    SchemaDigest digest = pushed.digest();
    if (existing.digest().equals(digest)) {
      return SchemaStore.Outcome.UNCHANGED;
    }
    throw new SpokeException(
        SpokeException.Code.CONFLICT,
        pushed
            + " exists with other content and versions never change, existing="
            + existing.digest()
            + " pushed="
            + digest);
  }

  /**
   * Gives the bytes back where they are those that the digest is of.
   *
   * @throws SpokeException {@code DIGEST_MISMATCH} where they are not
   */
  public static byte[] checked(byte[] bytes, SchemaDigest expected, String what) {
    SchemaDigest found = SchemaDigest.ofBytes(bytes);
    if (!found.equals(expected)) {
      throw new SpokeException(
          SpokeException.Code.DIGEST_MISMATCH,
          "stored files were changed, file=" + what + " expected=" + expected + " found=" + found);
    }
    return bytes;
  }
}
