import org.jspecify.annotations.NullMarked;

/** The agent message protocol: typed messages between agents over files or SP sockets. */
@NullMarked
module dev.aeon.apm {
  requires static org.checkerframework.checker.qual;
  requires static transitive org.jspecify;
  requires transitive com.google.protobuf;
  requires transitive dev.aeon.sp;
  requires transitive io.nats.jnats;
  requires transitive io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires java.logging;
  requires transitive java.sql;
  requires info.picocli;
  requires transitive micrometer.core;
  requires org.postgresql.jdbc;
  requires java.json.canonicalization;
  requires org.slf4j;
  requires transitive tools.jackson.databind;

  exports dev.aeon.apm;
  exports dev.aeon.apm.channel;
  exports dev.aeon.apm.channel.combined;
  exports dev.aeon.apm.channel.nats;
  exports dev.aeon.apm.channel.ndjson;
  exports dev.aeon.apm.channel.postgres;
  exports dev.aeon.apm.channel.shared;
  exports dev.aeon.apm.channel.sp;
  exports dev.aeon.apm.codec;
  exports dev.aeon.apm.compatibility;
  exports dev.aeon.apm.fsck;
  exports dev.aeon.apm.message;
  exports dev.aeon.apm.protobuf;
  exports dev.aeon.apm.registry;
  exports dev.aeon.apm.route;
  exports dev.aeon.apm.schema;
  exports dev.aeon.apm.security;
  exports dev.aeon.apm.store;
  exports dev.aeon.apm.task;
  exports dev.aeon.apm.track;
  exports dev.aeon.apm.validate;

  opens dev.aeon.apm.cli to
      info.picocli;
}
