package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SchemaDigest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that are checked against their digest where they are read from their beginning to their
 * end. A part of them cannot be.
 */
public record VerifiedBlob(Blob blob, SchemaDigest digest, String what) implements Blob {
  @Override
  public long byteSize() {
    return blob.byteSize();
  }

  @Override
  public InputStream open(long byteOffset) throws IOException {
    InputStream in = blob.open(byteOffset);
    return byteOffset == 0 ? new VerifiedInput(in, digest, what) : in;
  }
}
