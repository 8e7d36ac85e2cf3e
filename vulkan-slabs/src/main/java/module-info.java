import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.slabs {
  requires static org.jspecify;

  exports dev.aeon.slabs;
}
