import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.fleet {
  requires static org.jspecify;

  exports dev.aeon.fleet;
}
