/**
 * The embedding: a passage's terms become a unit vector. Entry type: {@link
 * dev.aeon.fleet.embed.Embedder}. Knows terms and floats; must not know files, slabs or messages.
 * {@code docs/fleet.md} holds the definition.
 */
package dev.aeon.fleet.embed;
