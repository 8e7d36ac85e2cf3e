/**
 * Server reflection of gRPC for stored versions. Entry type: {@link
 * dev.aeon.spoke.reflection.ReflectionServer}. It knows the registry and who may read it, nothing
 * of HTTP.
 */
package dev.aeon.spoke.reflection;
