package dev.aeon.spoke.validate.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A named element of a file: what it is called and where it stands. */
public abstract class Element {
  static final int NAME_FIELD = 1;

  private final ImageFile file;
  private final @Nullable MessageElement parent;
  private final int[] path;
  private final String name;

  Element(ImageFile file, @Nullable MessageElement parent, int[] path, String name) {
    this.file = file;
    this.parent = parent;
    this.path = path;
    this.name = name;
  }

  public final ImageFile file() {
    return file;
  }

  /** The message around this element, or null where it stands in its file. */
  public final @Nullable MessageElement parent() {
    return parent;
  }

  public final String name() {
    return name;
  }

  /** The name within the file: with those of the messages around it, without the package. */
  public String nestedName() {
    return parent == null ? name : parent.nestedName() + "." + name;
  }

  /** The nested name after the package, without a dot in front. */
  public final String fullName() {
    return file.packageName().isEmpty() ? nestedName() : file.packageName() + "." + nestedName();
  }

  /** The numbers that lead from the file's descriptor to this element's. */
  public final int[] path() {
    return path.clone();
  }

  /** The features that hold here. */
  public abstract Features features();

  /** Where the whole element stands, or null where the source is not known. */
  public final @Nullable Place place() {
    return orAround(placeOf());
  }

  /** Where its name stands, else the whole element. */
  public final @Nullable Place namePlace() {
    Place place = placeOf(NAME_FIELD);
    return place == null ? place() : place;
  }

  /** Where an element that is written nowhere itself comes from, such as a map's entry. */
  @Nullable Place placeAround() {
    return null;
  }

  final @Nullable Place orAround(@Nullable Place place) {
    return place == null ? placeAround() : place;
  }

  /** Where a part of it stands, by the numbers that lead there, or null where it is not written. */
  public final @Nullable Place placeOf(int... suffix) {
    int[] full = pathTo(suffix);
    Location location = file.locations().find(full);
    return location == null ? null : new Place(file, full, location);
  }

  /**
   * Where an option that may stand inside another is set, or null where it is not.
   *
   * @param optionLength how many numbers of the suffix name the option itself
   * @param suffix the numbers that lead from the element to the option and on into it
   */
  public final @Nullable Place optionPlace(int optionLength, int... suffix) {
    int[] full = pathTo(suffix);
    Location location = file.locations().findOption(full, path.length + optionLength);
    return location == null ? null : new Place(file, full, location);
  }

  private int[] pathTo(int... suffix) {
    int[] full = Arrays.copyOf(path, path.length + suffix.length);
    System.arraycopy(suffix, 0, full, path.length, suffix.length);
    return full;
  }

  static int[] child(int[] path, int... more) {
    int[] full = Arrays.copyOf(path, path.length + more.length);
    System.arraycopy(more, 0, full, path.length, more.length);
    return full;
  }
}
