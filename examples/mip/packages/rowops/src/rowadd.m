function A = rowadd(A, i, j, c)
%ROWADD  Adds a multiple of one row to another.
%   B = ROWADD(A, i, j, c) is A with c times row j added to row i.

A(i, :) = A(i, :) + c * A(j, :);
end
