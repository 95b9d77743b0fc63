/**
 * How wide pictures are shown, by the style sheets: the page's content is at most 79rem wide, in columns from the window's
 * width named here. A phone with three pixels to a point is told two thirds: nobody sees the third, and it weighs double.
 */
const phone = "(min-resolution: 2.5dppx) and (max-width: 52rem) 66vw";

export const pictureSizes = {
  sale: `${phone}, (min-width: 84rem) 42rem, (min-width: 56rem) 50vw, 100vw`,
  firstCard: `${phone}, (min-width: 84rem) 43rem, (min-width: 52rem) 54vw, 100vw`,
  card: `${phone}, (min-width: 42rem) 26rem, 100vw`,
  order: `${phone}, (min-width: 36rem) 14rem, 100vw`,
  receipt: `${phone}, (min-width: 44rem) 42rem, 100vw`,
} as const;
