package example;

import dev.ardm.Ardm;
import dev.ardm.RecordCodec;
import dev.ardm.RecordModel;
import dev.ardm.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Learns from the rows of a database, and keeps rows in it as few bytes. */
public final class DatabaseRows {
    /** A row of the table. */
    public record Order(LocalDate placed, String city, String product, int count, double price, String note) {}

    private DatabaseRows() {}

    private static void fill(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("create table orders (number int auto_increment, placed date, city varchar, product varchar,"
                    + " amount int, price double, note varchar)");
            statement.execute("create table archived (number int, bytes varbinary)");
        }
        List<String> cities = List.of("Berlin", "Lyon", "Porto", "Turin");
        List<String> products = List.of("chair", "desk", "lamp", "shelf", "sofa");
        Random random = new Random(1);
        try (PreparedStatement insert = database.prepareStatement(
                "insert into orders (placed, city, product, amount, price, note) values (?, ?, ?, ?, ?, ?)")) {
            for (int k = 0; k < 5000; k++) {
                int product = random.nextInt(products.size());
                int count = 1 + random.nextInt(4);
                insert.setObject(1, LocalDate.of(2026, 1 + random.nextInt(12), 1 + random.nextInt(28)));
                insert.setString(2, cities.get(Math.min(random.nextInt(4), random.nextInt(4))));
                insert.setString(3, products.get(product));
                insert.setInt(4, count);
                insert.setDouble(5, count * (19.5 + 40 * product));
                insert.setString(6, random.nextInt(10) == 0 ? "call first, \"ring twice\"" : null);
                insert.executeUpdate();
            }
        }
    }

    private static List<Order> orders(Connection database) throws SQLException {
        List<Order> orders = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select * from orders order by number")) {
            while (row.next()) {
                orders.add(new Order(
                        row.getObject("placed", LocalDate.class),
                        row.getString("city"),
                        row.getString("product"),
                        row.getInt("amount"),
                        row.getDouble("price"),
                        row.getString("note")));
            }
        }
        return orders;
    }

    /** Learns from half of the rows, keeps all as bytes, and reads them again. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path file = Files.createTempDirectory("database-rows").resolve("orders.safetensors");
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:")) {
            fill(database);
            List<Order> orders = orders(database);
            RecordType<Order> type = RecordType.records(Order.class);
            Ardm.train(orders.subList(0, 2500), type).to(file);

            RecordModel<Order> model = RecordModel.open(file, type); // As another program would.
            RecordCodec<Order> codec = model.codec();
            long bytes = 0;
            try (PreparedStatement insert = database.prepareStatement("insert into archived values (?, ?)")) {
                for (int k = 0; k < orders.size(); k++) {
                    byte[] coded = codec.encode(orders.get(k));
                    bytes += coded.length;
                    insert.setInt(1, k);
                    insert.setBytes(2, coded);
                    insert.executeUpdate();
                }
            }
            long text = orders.stream().mapToLong(order -> order.toString().length()).sum();
            try (Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery("select number, bytes from archived")) {
                int read = 0;
                while (row.next()) {
                    Order order = codec.decode(row.getBytes("bytes"));
                    if (!order.equals(orders.get(row.getInt("number")))) {
                        throw new IllegalStateException("row " + row.getInt("number") + " is another: " + order);
                    }
                    read++;
                }
                if (read != orders.size()) {
                    throw new IllegalStateException(read + " rows of " + orders.size());
                }
            }
            System.out.printf(
                    "%d rows of %.1f characters, each alone in %.1f bytes%n",
                    orders.size(), text / (double) orders.size(), bytes / (double) orders.size());
        }
    }
}
