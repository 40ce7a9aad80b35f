function A = rowscale(A, i, c)
%ROWSCALE  Multiplies one row of a matrix.
%   B = ROWSCALE(A, i, c) is A with row i multiplied by c, which is not 0.

if c == 0
    error('rowops:zero', 'rowscale: the factor must not be 0');
end
A(i, :) = c * A(i, :);
end
