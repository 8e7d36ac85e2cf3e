/**
 * What every facility of the shim shares: the loaded library, owned descriptors, and how a failed
 * call is told. Entry types: {@link dev.aeon.bindings.Descriptor}, {@link
 * dev.aeon.bindings.NativeCallException}. It knows no protocol and no facility.
 */
package dev.aeon.bindings;
