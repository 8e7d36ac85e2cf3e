package dev.aeon.spoke.store;

import dev.aeon.spoke.model.VersionManifest;

/** A version's manifest as the JSON of {@code version.json}. */
public final class ManifestText {
  private ManifestText() {}

  /** The manifest as JSON in UTF-8. */
  public static byte[] write(VersionManifest version) {
    return StoreJson.write(VersionFile.of(version));
  }

  /**
   * The manifest that was written.
   *
   * @throws dev.aeon.spoke.model.SpokeException {@code INTERNAL} where it is none
   */
  public static VersionManifest read(byte[] json) {
    return StoreJson.read(json, VersionFile.class).toManifest();
  }
}
