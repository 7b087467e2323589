import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The most that Jetty gives on this machine: the same bytes from memory, without tokens, limits, checks, security headers,
 * polls or a database. Run from its source with the runnable jar on the class path: BareJetty.java PORT CURRENT_JSON.
 */
final class BareJetty extends Handler.Abstract.NonBlocking {
    private final byte[] small = "{\"ok\":true,\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8);
    private final byte[] plain;
    private final byte[] compressed;

    private BareJetty(byte[] plain) throws Exception {
        this.plain = plain;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        compressed = bytes.toByteArray();
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new BareJetty(Files.readAllBytes(Path.of(arguments[1]))));
        server.start();
        server.join();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        switch (request.getHttpURI().getPath()) {
            case "/plain" -> send(response, callback, plain);
            case "/gzip" -> {
                response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
                send(response, callback, compressed);
            }
            case "/unchanged" -> {
                response.setStatus(304);
                callback.succeeded();
            }
            default -> send(response, callback, small);
        }
        return true;
    }

    private static void send(Response response, Callback callback, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
