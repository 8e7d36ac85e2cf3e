import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.spoke {
  requires static org.jspecify;

  exports dev.aeon.spoke;
}
