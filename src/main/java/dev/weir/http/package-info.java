/**
 * The door for people and for programs that speak HTTP: the API at {@code /api}, the dashboard at
 * {@code /}, the event bus over web sockets at {@code /eventbus} (what its frames mean is the
 * {@code relay} room's), and for platforms {@code /health} and {@code /metrics}.
 *
 * <p>Everything a browser sends is judged before it is read: the host it believes to speak to and
 * the page it comes from ({@link dev.weir.http.Origins}), so that no web page elsewhere reaches a
 * queue through somebody's browser. What gets through goes over the event bus: a web socket under
 * its connection's name, a request of the API under a name of its own. Connections that stand still
 * are ended ({@link dev.weir.http.Lines}).
 */
package dev.weir.http;
