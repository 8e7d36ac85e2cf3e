import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.apm {
  requires static org.jspecify;

  exports dev.aeon.apm;
}
