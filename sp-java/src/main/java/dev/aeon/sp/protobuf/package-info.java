/**
 * Protobuf messages in and out of message bodies. Entry type: {@link
 * dev.aeon.sp.protobuf.ProtobufBodies}. The one package that needs protobuf-java; users of the
 * others need not have it.
 */
package dev.aeon.sp.protobuf;
