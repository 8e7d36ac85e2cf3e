/**
 * The HTTP contract: what requests and answers look like as JSON. Server and client share it and
 * the model alone. Entry type: {@link dev.aeon.spoke.api.ApiJson}. It knows no HTTP library.
 */
package dev.aeon.spoke.api;
