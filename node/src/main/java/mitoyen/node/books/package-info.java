/// What was settled: a day with how it was shared, and all days added up. Settlement fills the
/// books, what goes out is written from them, and neither needs the other for that.
@NullMarked
package mitoyen.node.books;

import org.jspecify.annotations.NullMarked;
