/**
 * Protobuf messages within payloads, with the schema that they were written by. Entry type: {@link
 * dev.aeon.apm.protobuf.ProtobufPayloads}. Knows no registry: where schemas come from is told it.
 */
package dev.aeon.apm.protobuf;
