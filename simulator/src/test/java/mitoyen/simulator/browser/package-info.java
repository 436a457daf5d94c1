/// The page in a real browser.
@NullMarked
package mitoyen.simulator.browser;

import org.jspecify.annotations.NullMarked;
