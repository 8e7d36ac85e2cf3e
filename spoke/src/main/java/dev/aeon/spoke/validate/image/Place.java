package dev.aeon.spoke.validate.image;

import java.util.Objects;

/** A span of a file's text, with the path of numbers that led to it. */
public final class Place {
  private final ImageFile file;
  private final int[] path;
  private final Location location;

  Place(ImageFile file, int[] path, Location location) {
    this.file = file;
    this.path = path;
    this.location = location;
  }

  public ImageFile file() {
    return file;
  }

  public int[] path() {
    return path.clone();
  }

  public Location location() {
    return location;
  }

  @Override
  public String toString() {
    return file.path() + " " + location;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place that
        && file == that.file
        && location.equals(that.location)
        && java.util.Arrays.equals(path, that.path);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(file), location);
  }
}
