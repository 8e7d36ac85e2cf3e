/**
 * Turns Protobuf messages into Java classes that read and write them at fixed places of a slab.
 * Entry type: {@link dev.aeon.slabs.codegen.RecordGenerator}; {@link
 * dev.aeon.slabs.codegen.RecordGeneratorMain} is the same for protoc and for the command line. Must
 * not know slabs: what it writes does.
 */
package dev.aeon.slabs.codegen;
