/**
 * The Protobuf compiler as a bounded subprocess: limits on time and output, no shell, no file
 * outside the folder it is given. Entry type: {@link dev.aeon.spoke.protoc.Protoc}. It knows no
 * registry.
 */
package dev.aeon.spoke.protoc;
