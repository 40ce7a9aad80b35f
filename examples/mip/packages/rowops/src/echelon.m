function [A, pivots] = echelon(A, tolerance)
%ECHELON  Reduced row echelon form, by row operations alone.
%   [R, pivots] = ECHELON(A) is the reduced form of A and the columns in which
%   its leading ones stand. ECHELON(A, t) takes entries up to t as 0.

if nargin < 2
    tolerance = max(size(A)) * eps(max([1; abs(A(:))]));
end
pivots = zeros(1, 0);
row = 1;
for column = 1:size(A, 2)
    if row > size(A, 1)
        break
    end
    [largest, offset] = max(abs(A(row:end, column)));
    if largest <= tolerance
        A(row:end, column) = 0;
        continue
    end
    A = rowswap(A, row, row + offset - 1);
    A = rowscale(A, row, 1 / A(row, column));
    for other = [1:row - 1, row + 1:size(A, 1)]
        A = rowadd(A, other, row, -A(other, column));
    end
    pivots(end + 1) = column; %#ok<AGROW>
    row = row + 1;
end
end
