import org.jspecify.annotations.NullMarked;

/** The assembled product: the `aeon` command and the fleet that searches a folder of text. */
@NullMarked
module dev.aeon.fleet {
  requires static org.jspecify;
  requires com.google.protobuf;
  requires info.picocli;

  exports dev.aeon.fleet;
}
