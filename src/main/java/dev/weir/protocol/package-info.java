/**
 * The wire: JSON to commands and answers to JSON, addresses, codes, settings and the configuration
 * file. The only room that knows how any of them is spelled; a request is parsed here once, and a
 * bad one is refused here in a sentence that names the field and the limit.
 */
package dev.weir.protocol;
