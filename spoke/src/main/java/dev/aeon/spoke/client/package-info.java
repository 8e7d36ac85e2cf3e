/**
 * A registry from afar. Entry type: {@link dev.aeon.spoke.client.SpokeClient}. It knows the HTTP
 * contract and the model alone.
 */
package dev.aeon.spoke.client;
