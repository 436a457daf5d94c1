/// What a settlement writes for people and their spreadsheets.
@NullMarked
package mitoyen.node.output;

import org.jspecify.annotations.NullMarked;
