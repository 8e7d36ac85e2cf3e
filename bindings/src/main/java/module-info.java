import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.bindings {
  requires static org.jspecify;

  exports dev.aeon.bindings;
}
