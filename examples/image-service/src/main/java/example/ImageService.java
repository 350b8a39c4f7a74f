package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ardm.Ardm;
import dev.ardm.RecordArchive;
import dev.ardm.RecordModel;
import dev.ardm.RecordType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/** Serves images from one archive: {@code GET /images/17}. */
public final class ImageService implements AutoCloseable {
    private static final String IMAGES = "/images/";

    private final RecordArchive<byte[]> archive;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    /** Starts the service on a free port. */
    public ImageService(RecordArchive<byte[]> archive) throws IOException {
        this.archive = archive;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(IMAGES, this::serve);
        server.setExecutor(threads); // An archive serves any number of threads.
        server.start();
    }

    /** Where an image is. */
    public URI uri(String image) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + IMAGES + image);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String number = exchange.getRequestURI().getPath().substring(IMAGES.length());
            if (!number.matches("\\d{1,9}") || Long.parseLong(number) >= archive.size()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] png = archive.get(Long.parseLong(number));
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, png.length);
            exchange.getResponseBody().write(png);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    /** A picture of some circles. */
    private static BufferedImage picture(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(48 + random.nextInt(16), 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int k = 0; k < 4; k++) {
            graphics.setColor(List.of(Color.RED, Color.BLUE, Color.BLACK).get(random.nextInt(3)));
            graphics.fillOval(random.nextInt(40), random.nextInt(30), 12, 12);
        }
        graphics.dispose();
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** Archives pictures, and gets them over HTTP. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Files.createTempDirectory("image-service").resolve("pictures.ardm");
        List<byte[]> pictures = new ArrayList<>();
        long raw = 0;
        for (int k = 0; k < 100; k++) {
            pictures.add(png(picture(k)));
            raw += pictures.get(k).length;
        }
        RecordModel<byte[]> model =
                Ardm.train(pictures.subList(0, 50), RecordType.pngs()).run();
        RecordArchive.write(file, model, pictures); // The model is in it.

        HttpClient client = HttpClient.newHttpClient();
        try (RecordArchive<byte[]> archive = RecordArchive.open(file, RecordType.pngs());
                ImageService service = new ImageService(archive)) {
            for (int k = 0; k < pictures.size(); k += 7) {
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(service.uri("" + k)).build(), HttpResponse.BodyHandlers.ofByteArray());
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));
                check(Arrays.equals(pixels(image), pixels(picture(k))), "picture " + k + " is another");
            }
            for (String missing : List.of("100", "-1", "x")) {
                int status = client.send(
                                HttpRequest.newBuilder(service.uri(missing)).build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                check(status == 404, missing + " has status " + status);
            }
        }
        System.out.printf(
                "%d pictures of %d bytes as PNG, in an archive of %d%n", pictures.size(), raw, Files.size(file));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
