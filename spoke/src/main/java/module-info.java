import org.jspecify.annotations.NullMarked;

/**
 * A Protobuf schema registry: model, validation, store, compilation, server, client, commands.
 *
 * <p>The libraries of protovalidate and of CEL share packages between their jars, so that they can
 * be no modules; they are read from the class path (see {@code --add-reads} in the build).
 */
@NullMarked
module dev.aeon.spoke {
  requires static transitive org.jspecify;
  requires transitive com.google.protobuf;
  requires dev.aeon.sp;
  requires java.logging;
  requires java.sql;
  requires com.github.benmanes.caffeine;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires info.picocli;
  requires io.github.javadiffutils;
  requires io.grpc;
  requires io.grpc.netty.shaded;
  requires io.grpc.services;
  requires io.grpc.stub;
  requires io.helidon.common.tls;
  requires io.helidon.http;
  requires io.helidon.webserver;
  requires transitive io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires io.opentelemetry.sdk;
  requires io.opentelemetry.sdk.autoconfigure;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.apache.commons.compress;
  requires org.semver4j;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.core;
  requires org.apache.lucene.queryparser;
  requires org.slf4j;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.utils;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;

  exports dev.aeon.spoke.access;
  exports dev.aeon.spoke.api;
  exports dev.aeon.spoke.client;
  exports dev.aeon.spoke.compile;
  exports dev.aeon.spoke.docs;
  exports dev.aeon.spoke.feed;
  exports dev.aeon.spoke.http;
  exports dev.aeon.spoke.lock;
  exports dev.aeon.spoke.model;
  exports dev.aeon.spoke.protoc;
  exports dev.aeon.spoke.reflection;
  exports dev.aeon.spoke.registry;
  exports dev.aeon.spoke.sprocket;
  exports dev.aeon.spoke.search;
  exports dev.aeon.spoke.store;
  exports dev.aeon.spoke.store.distributed;
  exports dev.aeon.spoke.store.option;
  exports dev.aeon.spoke.validate;
  exports dev.aeon.spoke.validate.breaking;
  exports dev.aeon.spoke.validate.config;
  exports dev.aeon.spoke.validate.constraint;
  exports dev.aeon.spoke.validate.image;
  exports dev.aeon.spoke.validate.lint;
  exports dev.aeon.spoke.validate.release;

  opens dev.aeon.spoke.cli to
      info.picocli,
      tools.jackson.databind;
  opens dev.aeon.spoke.http to
      info.picocli,
      tools.jackson.databind;
  opens dev.aeon.spoke.registry to
      tools.jackson.databind;
  opens dev.aeon.spoke.access to
      tools.jackson.databind;
  opens dev.aeon.spoke.lock to
      tools.jackson.databind;
  opens dev.aeon.spoke.sprocket to
      info.picocli,
      tools.jackson.databind;
  opens dev.aeon.spoke.store to
      tools.jackson.databind;
  opens dev.aeon.spoke.store.option to
      info.picocli;
}
