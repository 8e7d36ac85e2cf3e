/**
 * What a registry does: push → validate → store → compile. Entry type: {@link
 * dev.aeon.spoke.registry.SchemaRegistry}. It knows no HTTP.
 */
package dev.aeon.spoke.registry;
