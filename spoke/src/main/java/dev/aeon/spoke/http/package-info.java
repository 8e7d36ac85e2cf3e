/**
 * The registry over HTTP. Entry types: {@link dev.aeon.spoke.http.SpokeServer} and the command
 * {@link dev.aeon.spoke.http.SpokeServerCommand}. It knows no client.
 */
package dev.aeon.spoke.http;
