import org.jspecify.annotations.NullMarked;

/**
 * Psyne: slabs, rings and views in Vulkan memory, and the Harmonics byte-code that runs on them.
 */
@NullMarked
module dev.aeon.slabs {
  requires static transitive org.jspecify;
  requires transitive dev.aeon.bindings;
  requires com.google.protobuf;
  requires java.compiler;
  requires static info.picocli;
  requires io.prometheus.metrics.exporter.httpserver;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires transitive dev.aeon.sp;
  requires transitive HdrHistogram;
  requires transitive micrometer.core;
  requires transitive micrometer.registry.prometheus;
  requires org.lwjgl;
  requires transitive org.lwjgl.vulkan;
  requires org.slf4j;

  exports dev.aeon.slabs.assembler;
  exports dev.aeon.slabs.broker;
  exports dev.aeon.slabs.bytecode;
  exports dev.aeon.slabs.codegen;
  exports dev.aeon.slabs.frame;
  exports dev.aeon.slabs.interpreter;
  exports dev.aeon.slabs.memory;
  exports dev.aeon.slabs.record;
  exports dev.aeon.slabs.ring;
  exports dev.aeon.slabs.rpc;
  exports dev.aeon.slabs.standby;
  exports dev.aeon.slabs.telemetry;
  exports dev.aeon.slabs.transport;
  exports dev.aeon.slabs.transport.sp;
  exports dev.aeon.slabs.view;

  opens dev.aeon.slabs.cli to
      info.picocli;

  uses dev.aeon.slabs.transport.Transport;

  provides dev.aeon.slabs.transport.Transport with
      dev.aeon.slabs.transport.inproc.InprocTransport,
      dev.aeon.slabs.transport.shared.SharedTransport,
      dev.aeon.slabs.transport.sp.SpTransport.Ipc,
      dev.aeon.slabs.transport.sp.SpTransport.Tcp,
      dev.aeon.slabs.transport.sp.SpTransport.Tls,
      dev.aeon.slabs.transport.sp.SpTransport.RawIp;
}
