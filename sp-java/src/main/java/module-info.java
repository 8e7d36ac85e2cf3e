import org.jspecify.annotations.NullMarked;

/** The Scalability Protocols: patterns of messaging between threads, processes and machines. */
@NullMarked
module dev.aeon.sp {
  requires static HdrHistogram;
  requires static info.picocli;
  requires static com.google.protobuf;
  requires static org.jspecify;
  requires dev.aeon.bindings;
  requires java.naming;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.slf4j;

  exports dev.aeon.sp;
  exports dev.aeon.sp.device;
  exports dev.aeon.sp.flow;
  exports dev.aeon.sp.protobuf;

  opens dev.aeon.sp.cli to
      info.picocli;
}
