/**
 * The worker that compiles what is published, so that downloads are there before they are asked
 * for. Entry types: {@link dev.aeon.spoke.sprocket.Sprocket} and the command {@link
 * dev.aeon.spoke.sprocket.SprocketCommand}. It knows the registry, no server and no client.
 */
package dev.aeon.spoke.sprocket;
