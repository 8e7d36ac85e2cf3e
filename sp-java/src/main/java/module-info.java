import org.jspecify.annotations.NullMarked;

/** Placeholder. */
@NullMarked
module dev.aeon.sp {
  requires static org.jspecify;

  exports dev.aeon.sp;
}
