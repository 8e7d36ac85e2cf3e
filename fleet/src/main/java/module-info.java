import org.jspecify.annotations.NullMarked;

/** The assembled product: the {@code aeon} command and the fleet that searches a folder of text. */
@NullMarked
module dev.aeon.fleet {
  requires static org.jspecify;
  requires com.google.protobuf;
  requires dev.aeon.apm;
  requires dev.aeon.slabs;
  requires dev.aeon.sp;
  requires dev.aeon.spoke;
  requires info.picocli;
  requires java.logging;

  exports dev.aeon.fleet;

  // Picocli fills in the options.
  opens dev.aeon.fleet to
      info.picocli;
}
