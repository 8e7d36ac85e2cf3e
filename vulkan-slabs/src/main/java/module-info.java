import org.jspecify.annotations.NullMarked;

/**
 * Psyne: slabs, rings and views in Vulkan memory, and the Harmonics byte-code that runs on them.
 */
@NullMarked
module dev.aeon.slabs {
  requires static transitive org.jspecify;
  requires transitive dev.aeon.bindings;
  requires java.management;
  requires jdk.management;
  requires org.lwjgl;
  requires transitive org.lwjgl.vulkan;
  requires org.slf4j;

  exports dev.aeon.slabs.assembler;
  exports dev.aeon.slabs.bytecode;
  exports dev.aeon.slabs.interpreter;
  exports dev.aeon.slabs.memory;
  exports dev.aeon.slabs.ring;
  exports dev.aeon.slabs.rpc;
  exports dev.aeon.slabs.transport;
  exports dev.aeon.slabs.view;

  uses dev.aeon.slabs.transport.Transport;

  provides dev.aeon.slabs.transport.Transport with
      dev.aeon.slabs.transport.inproc.InprocTransport,
      dev.aeon.slabs.transport.shared.SharedTransport;
}
