package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import java.util.SortedMap;

/**
 * What was compiled of a version for a language. Its files can be read until it is closed.
 *
 * @param files by path
 * @param release frees what they are read from
 */
public record Artifact(SortedMap<String, Blob> files, Runnable release) implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
