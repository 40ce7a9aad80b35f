function A = rowswap(A, i, j)
%ROWSWAP  Exchanges two rows of a matrix.
%   B = ROWSWAP(A, i, j) is A with rows i and j in each other's place.

A([i j], :) = A([j i], :);
end
