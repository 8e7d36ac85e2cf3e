package dev.aeon.apm.internal.files;

import dev.aeon.apm.schema.ErrorCode;
import java.util.Locale;

/** Says what a failure of the file system means. */
public final class StorageFailure {
  private StorageFailure() {}

  /**
   * E_SYSTEM_002 where storage is full, else E_SYSTEM_001. By the text alone, which is all that the
   * platform says: ENOSPC and EDQUOT.
   */
  public static ErrorCode codeOf(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded")
        ? ErrorCode.E_SYSTEM_002
        : ErrorCode.E_SYSTEM_001;
  }
}
